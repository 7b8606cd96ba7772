package io.plimsoll.sample;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.StringRedisTemplate;

@ShopTest
class ProductsTest {

    @Autowired
    Shop shop;

    @Autowired
    StringRedisTemplate redis;

    @Test
    void theWindowShowsTheProducts() {
        shop.get("/api/v1/products")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$[0].name")
                .isEqualTo("Ship in a bottle")
                .jsonPath("$[0].price")
                .isEqualTo(24.90);
    }

    @Test
    void whatIsLookedAtMostComesFirst() {
        redis.delete("shop:product-views");
        shop.get("/api/v1/products/popular").expectBody().json("[]");
        shop.get("/api/v1/products/2").expectStatus().isOk();
        shop.get("/api/v1/products/4").expectStatus().isOk();
        shop.get("/api/v1/products/4").expectStatus().isOk();
        shop.get("/api/v1/products/popular")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.length()")
                .isEqualTo(2)
                .jsonPath("$[0].id")
                .isEqualTo(4)
                .jsonPath("$[1].id")
                .isEqualTo(2);
    }
}
