package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.timeout.Timeout;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Handlers that take requests in all the ways in which they come. Each leaves a row with its number in the answer. */
@RestController
@Timeout("20s")
class Shop {

    /** Knows nothing of other members than these. */
    record Order(@Nullable String item, @Nullable Double quantity) {}

    /** While closed, orders do not get further than their row. */
    static class Door {

        final Semaphore entered = new Semaphore(0);
        volatile CountDownLatch open = new CountDownLatch(0);

        void pass() {
            entered.release();
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final JdbcTemplate jdbc;
    private final Door door;

    Shop(JdbcTemplate jdbc, Door door) {
        this.jdbc = jdbc;
        this.door = door;
    }

    private String effect(String name) {
        String run = name + " " + System.nanoTime();
        jdbc.update("INSERT INTO effects (name) VALUES (?)", run);
        door.pass();
        return run;
    }

    @Idempotent
    @PostMapping("/orders")
    public String order(@RequestBody Order order) {
        return effect("order");
    }

    @Idempotent
    @PutMapping("/orders")
    public String replace(@RequestBody Order order) {
        return effect("order");
    }

    @Idempotent
    @PostMapping("/shops/{shop}/orders")
    public String orderAt(@PathVariable("shop") String shop, @RequestBody Order order) {
        return effect("order at");
    }

    @Idempotent
    @PostMapping("/text")
    public String text(@RequestBody String text) {
        return effect("text");
    }

    @Idempotent
    @PostMapping("/nothing")
    public String nothing() {
        return effect("nothing");
    }

    @Idempotent
    @PostMapping("/by-itself")
    public String byItself(HttpServletRequest request) {
        return effect("by itself");
    }

    @Idempotent
    @PostMapping("/form")
    public String form(@RequestParam("item") String item) {
        return effect("form");
    }

    @Idempotent
    @PutMapping("/form")
    public String putForm(@RequestParam("item") String item) {
        return effect("form");
    }

    @Idempotent
    @PostMapping("/form-body")
    public String formBody(@RequestBody MultiValueMap<String, String> form) {
        return effect("form");
    }

    @Idempotent
    @PostMapping("/upload")
    public String upload(@RequestParam("file") MultipartFile file) throws IOException {
        return effect("upload of " + file.getBytes().length);
    }

    @Idempotent
    @PostMapping("/upload-with-order")
    public String uploadWithOrder(@RequestPart("order") Order order, @RequestPart("file") MultipartFile file) {
        return effect("upload");
    }

    @Idempotent(fingerprint = "#order.item")
    @PostMapping("/by-item")
    public String byItem(@RequestBody Order order) {
        return effect("order");
    }
}
