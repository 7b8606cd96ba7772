package io.plimsoll.spring.timeout.http;

import io.plimsoll.spring.timeout.BudgetHeader;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.ClientHttpRequest;

/** For clients that send a body while it is written. */
final class StreamingBudgetRequest extends BudgetRequest implements StreamingHttpOutputMessage {

    StreamingBudgetRequest(ClientHttpRequest delegate, Client client, Supplier<@Nullable BudgetHeader> header) {
        super(delegate, client, header);
    }

    @Override
    public void setBody(Body body) {
        ((StreamingHttpOutputMessage) delegate).setBody(body);
    }
}
