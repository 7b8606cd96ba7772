package com.acme.shop;

import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.timeout.Timeout;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

@RestController
class FourMistakes {

    private final RestClient payments;

    FourMistakes(RestClient payments) {
        this.payments = payments;
    }

    @PostMapping("/orders")
    @Idempotent
    String place(@RequestBody String order) {
        audit(order);
        return charge(order);
    }

    @GetMapping("/orders/{id}")
    @Timeout("2 seconds")
    String find(@PathVariable String id) {
        return "order " + id;
    }

    @Timeout("1s")
    String charge(String order) {
        return String.valueOf(payments.post().uri("/charges").body(order).retrieve().body(String.class));
    }

    @Timeout("200ms")
    private void audit(String order) {
        System.out.println("placed " + order);
    }
}
