package io.plimsoll.sample.payment;

import io.plimsoll.sample.order.Order;
import io.plimsoll.sample.order.OrderService;
import org.springframework.stereotype.Service;

/** Has orders paid for. */
@Service
class PaymentService {

    private final OrderService orders;
    private final PaymentGateway gateway;
    private final PaymentRepository payments;

    PaymentService(OrderService orders, PaymentGateway gateway, PaymentRepository payments) {
        this.orders = orders;
        this.gateway = gateway;
        this.payments = payments;
    }

    /**
     * In no transaction: nobody should hold a database connection while a gateway thinks.
     *
     * @throws AlreadyPaidException if the order has a payment, by another customer's hand
     * @throws PaymentFailedException if the charge is not confirmed
     */
    Payment pay(long orderId) {
        Order order = orders.byId(orderId);
        if (order.paid()) {
            throw new AlreadyPaidException(orderId);
        }
        String chargeId = gateway.charge(orderId, order.total());
        return payments.insert(orderId, chargeId, order.total()).orElseThrow(() -> new AlreadyPaidException(orderId));
    }
}
