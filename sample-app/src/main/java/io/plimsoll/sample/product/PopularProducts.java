package io.plimsoll.sample.product;

import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/** Which products are looked at most: a sorted set in Redis. */
@Component
class PopularProducts {

    private static final Logger log = LoggerFactory.getLogger(PopularProducts.class);
    private static final String KEY = "shop:product-views";

    private final StringRedisTemplate redis;

    PopularProducts(StringRedisTemplate redis) {
        this.redis = redis;
    }

    /** Counts a view. Nobody is sent away because the counter is out of order. */
    void viewed(long id) {
        try {
            redis.opsForZSet().incrementScore(KEY, String.valueOf(id), 1);
        } catch (DataAccessException e) {
            log.warn("A product view was not counted: {}", e.getMessage());
        }
    }

    /** Most viewed first. */
    List<Long> top(int count) {
        Set<String> ids = redis.opsForZSet().reverseRange(KEY, 0, count - 1L);
        return ids == null ? List.of() : ids.stream().map(Long::valueOf).toList();
    }
}
