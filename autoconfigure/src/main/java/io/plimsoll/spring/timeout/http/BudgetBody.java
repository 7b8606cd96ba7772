package io.plimsoll.spring.timeout.http;

import io.plimsoll.spring.timeout.CallBudget;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body whose portions are waited for under the budget of the thread that reads them. */
final class BudgetBody extends FilterInputStream {

    private final Exchange exchange;

    BudgetBody(InputStream body, Exchange exchange) {
        super(body);
        this.exchange = exchange;
    }

    @Override
    public int read() throws IOException {
        return portion(in::read);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return portion(() -> in.read(bytes, offset, length));
    }

    @Override
    public long skip(long count) throws IOException {
        CallBudget budget = CallBudget.current();
        return budget == null ? in.skip(count) : budget.call(exchange, () -> in.skip(count));
    }

    @Override
    public void close() throws IOException {
        exchange.close(in);
    }

    private int portion(CallBudget.Work<Integer, IOException> read) throws IOException {
        CallBudget budget = CallBudget.current();
        int count = budget == null ? read.run() : budget.call(exchange, read);
        if (count < 0 && exchange.isEnded()) {
            // Closed under the reader. Some clients take that for the end of the body.
            throw new IOException("The exchange was cut: its budget is spent");
        }
        return count;
    }
}
