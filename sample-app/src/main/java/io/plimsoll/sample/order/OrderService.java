package io.plimsoll.sample.order;

import io.plimsoll.outbox.Outboxed;
import io.plimsoll.sample.chaos.Chaos;
import io.plimsoll.sample.product.ProductRepository;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes orders: stock and order change together or not at all, and others are told of it then, and only then. */
@Service
public class OrderService {

    private final OrderRepository orders;
    private final ProductRepository products;
    private final Chaos chaos;

    OrderService(OrderRepository orders, ProductRepository products, Chaos chaos) {
        this.orders = orders;
        this.products = products;
        this.chaos = chaos;
    }

    // An order has a few lines, and each product that is out of stock has a message of its own.
    @SuppressWarnings("plimsoll:QueryInLoop")
    @Transactional
    @Outboxed(topic = "orders", key = "#result.id", payload = "#result.placed()")
    public Order place(PlaceOrder request) {
        List<OrderLine> lines = new ArrayList<>();
        request.quantities()
                .forEach((product, quantity) ->
                        lines.add(new OrderLine(product, quantity, products.take(product, quantity))));
        BigDecimal total = lines.stream().map(OrderLine::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        long id = orders.insert(request.customerEmail(), lines, total);
        if (!chaos.database().isZero()) {
            // Everything is written and nothing committed: the worst moment for a timeout.
            orders.dawdle(chaos.database());
        }
        return byId(id);
    }

    /** @throws OrderNotFoundException if there is no such order */
    @Transactional(readOnly = true)
    public Order byId(long id) {
        return orders.find(id).orElseThrow(() -> new OrderNotFoundException(id));
    }
}
