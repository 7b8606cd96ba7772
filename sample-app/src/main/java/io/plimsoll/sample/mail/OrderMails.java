package io.plimsoll.sample.mail;

import io.plimsoll.outbox.OutboxListener;
import io.plimsoll.sample.order.OrderPlaced;
import io.plimsoll.timeout.Timeout;
import org.springframework.stereotype.Component;

/** Thanks customers for their orders. */
@Component
class OrderMails {

    private final MailStub mails;

    OrderMails(MailStub mails) {
        this.mails = mails;
    }

    @OutboxListener(topic = "orders")
    @Timeout("2s")
    void on(OrderPlaced placed) {
        String address = placed.customerEmail();
        if (address != null) {
            mails.send(placed.order(), address, "Thank you for order " + placed.order());
        }
    }
}
