package io.plimsoll.sample.order;

import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.timeout.Timeout;
import jakarta.validation.Valid;
import java.net.URI;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/orders")
@Timeout("2s")
class OrderController {

    private final OrderService orders;

    OrderController(OrderService orders) {
        this.orders = orders;
    }

    @PostMapping
    @Idempotent
    public ResponseEntity<Order> place(@Valid @RequestBody PlaceOrder request) {
        Order order = orders.place(request);
        return ResponseEntity.created(URI.create("/api/v1/orders/" + order.id()))
                .body(order);
    }

    @GetMapping("/{id}")
    public Order one(@PathVariable("id") long id) {
        return orders.byId(id);
    }
}
