package io.plimsoll.spring.idempotency;

import io.plimsoll.idempotency.Idempotent;
import io.plimsoll.timeout.Timeout;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** One handler for each kind of answer. Each leaves a row named after its key, and no run answers like another. */
@RestController
@Timeout("20s")
class Answers {

    record Receipt(
            UUID id,
            BigDecimal price,
            long big,
            BigInteger bigger,
            String text,
            Instant at,
            LocalDate day,
            OffsetDateTime offset,
            Duration took,
            Optional<String> note,
            @Nullable String absent,
            Set<Colour> colours) {}

    record Page<T>(List<T> items, int total) {}

    record Row(String run, int total) {}

    enum Colour {
        RED,
        GREEN
    }

    private final JdbcTemplate jdbc;
    private final HttpServletRequest request;
    private final HttpServletResponse response;

    Answers(JdbcTemplate jdbc, HttpServletRequest request, HttpServletResponse response) {
        this.jdbc = jdbc;
        this.request = request;
        this.response = response;
    }

    private Receipt receipt() {
        effect();
        return new Receipt(
                UUID.randomUUID(),
                new BigDecimal("10.00"),
                Long.MAX_VALUE,
                BigInteger.TEN.pow(30),
                "Größe \"7\" \u2028 \uD83D\uDE00",
                Instant.now(),
                LocalDate.now(ZoneOffset.UTC),
                OffsetDateTime.now(ZoneOffset.ofHoursMinutes(5, 30)),
                Duration.ofNanos(System.nanoTime()),
                Optional.of("fragile"),
                null,
                new TreeSet<>(Set.of(Colour.GREEN, Colour.RED)));
    }

    private String effect() {
        jdbc.update("INSERT INTO effects (name) VALUES (?)", request.getHeader("Idempotency-Key"));
        return String.valueOf(System.nanoTime());
    }

    @Idempotent
    @PostMapping("/record")
    public Receipt record() {
        return receipt();
    }

    @Idempotent
    @PostMapping("/list")
    public List<Receipt> list() {
        return List.of(receipt());
    }

    @Idempotent
    @PostMapping("/map")
    public Map<String, Receipt> map() {
        return Map.of("one", receipt());
    }

    @Idempotent
    @PostMapping("/generic-record")
    public Page<Receipt> genericRecord() {
        return new Page<>(List.of(receipt()), 1);
    }

    @Idempotent
    @PostMapping("/nested-generics")
    public Map<String, Page<List<Receipt>>> nestedGenerics() {
        return Map.of("page", new Page<>(List.of(List.of(receipt())), 1));
    }

    @Idempotent
    @PostMapping("/untyped")
    @SuppressWarnings("plimsoll:UnreplayableResult")
    public Map<String, Object> untyped() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("run", effect());
        map.put("price", new BigDecimal("10.00"));
        map.put("exact", new BigDecimal("0.12345678901234567890123"));
        map.put("ratio", 0.25);
        map.put("lines", List.of(Map.of("quantity", 3)));
        return map;
    }

    @Idempotent
    @PostMapping("/void")
    public void nothing() {
        effect();
    }

    @Idempotent
    @PostMapping("/no-content")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void noContent() {
        effect();
    }

    @Idempotent
    @PostMapping("/null")
    public @Nullable Receipt none() {
        effect();
        return null;
    }

    @Idempotent
    @PostMapping("/optional")
    public Optional<Receipt> optional() {
        return Optional.of(receipt());
    }

    @Idempotent
    @PostMapping("/optional-empty")
    public Optional<Receipt> optionalEmpty() {
        effect();
        return Optional.empty();
    }

    @Idempotent
    @PostMapping("/created")
    public ResponseEntity<Receipt> created() {
        Receipt receipt = receipt();
        return ResponseEntity.created(URI.create("/receipts/" + receipt.id()))
                .eTag("\"" + receipt.id() + "\"")
                .cacheControl(CacheControl.maxAge(60, TimeUnit.SECONDS))
                .body(receipt);
    }

    @Idempotent
    @PostMapping("/entity-list")
    public ResponseEntity<List<Receipt>> entityOfList() {
        return ResponseEntity.ok(List.of(receipt()));
    }

    @Idempotent
    @PostMapping("/entity-wildcard")
    @SuppressWarnings("plimsoll:UnreplayableResult")
    public ResponseEntity<?> entityOfAnything() {
        return ResponseEntity.accepted().body(Map.of("run", effect(), "price", new BigDecimal("10.00")));
    }

    @Idempotent
    @PostMapping("/entity-void")
    public ResponseEntity<Void> entityOfNothing() {
        return ResponseEntity.noContent().location(URI.create("/" + effect())).build();
    }

    @Idempotent
    @PostMapping("/http-entity")
    public HttpEntity<Receipt> httpEntity() {
        HttpHeaders headers = new HttpHeaders();
        headers.setETag("\"" + System.nanoTime() + "\"");
        return new HttpEntity<>(receipt(), headers);
    }

    @Idempotent
    @PostMapping("/problem")
    public ProblemDetail problem() {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, "sold out");
        problem.setType(URI.create("https://example.org/sold-out"));
        problem.setProperty("run", effect());
        return problem;
    }

    @Idempotent
    @PostMapping("/entity-problem")
    public ResponseEntity<ProblemDetail> entityOfProblem() {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, "sold out");
        problem.setProperty("run", effect());
        return ResponseEntity.of(problem).build();
    }

    @Idempotent
    @PostMapping(path = "/bytes", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    public byte[] bytes() {
        return (effect() + "\0\1\2\u00ff").getBytes(StandardCharsets.ISO_8859_1);
    }

    @Idempotent
    @PostMapping("/entity-bytes")
    public ResponseEntity<byte[]> entityOfBytes() {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + effect() + ".pdf\"")
                .body(new byte[] {'%', 'P', 'D', 'F', 0, -1});
    }

    @Idempotent
    @PostMapping("/text")
    public String text() {
        return "Größe " + effect();
    }

    @Idempotent
    @PostMapping("/price")
    public BigDecimal price() {
        return new BigDecimal(effect() + ".00");
    }

    @Idempotent
    @PostMapping("/status")
    @ResponseStatus(HttpStatus.CREATED)
    public Receipt withStatus() {
        return receipt();
    }

    @Idempotent
    @PostMapping("/by-hand")
    public Page<String> byHand() {
        String run = effect();
        response.setStatus(202);
        response.setHeader("Location", "/jobs/" + run);
        response.addHeader("Link", "</jobs>; rel=\"up\"");
        response.addHeader("Link", "</jobs/" + run + ">; rel=\"self\"");
        return new Page<>(List.of(run), 1);
    }

    @Idempotent
    @PostMapping("/type-by-hand")
    public String typeByHand() {
        response.setContentType("text/csv;charset=UTF-8");
        return "run;" + effect();
    }

    @Idempotent
    @PostMapping(path = "/csv", produces = "text/csv")
    public Row csv() {
        return new Row(effect(), 2);
    }
}
