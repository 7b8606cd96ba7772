package io.plimsoll.spring.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.util.UriComponentsBuilder;

/** What a call is compared by. */
class ContentsTest {

    @Test
    void aMessageIsWhatIsInIt() {
        assertThat(Contents.of(new GenericMessage<>("tea"))).isEqualTo("tea");
        assertThat(Contents.of(new org.springframework.amqp.core.Message(new byte[] {1, 2})))
                .isEqualTo(new byte[] {1, 2});
    }

    @Test
    void whatACallCameByIsNothing() {
        HttpServletRequest request = new MockHttpServletRequest();
        for (Object means : List.of(
                request, new MockHttpSession(), new ServletWebRequest(request), UriComponentsBuilder.newInstance())) {
            assertThat(Contents.of(means)).isNull();
        }
    }

    @Test
    void anythingElseIsWhatItIs() {
        Object order = new Object();
        assertThat(Contents.of(order)).isSameAs(order);
        assertThat(Contents.of(null)).isNull();
    }
}
