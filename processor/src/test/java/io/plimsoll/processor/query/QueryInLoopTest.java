package io.plimsoll.processor.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryInLoopTest {

    private static final String IMPORTS = """
            package com.acme;
            import jakarta.persistence.EntityManager;
            import java.util.*;
            import java.util.function.*;
            import java.util.stream.*;
            import org.springframework.data.domain.*;
            import org.springframework.data.jpa.repository.JpaRepository;
            import org.springframework.jdbc.core.*;
            import org.springframework.jdbc.core.simple.JdbcClient;
            """;

    private static final String REST = """

                OrderRepository repo; EntityManager em; JdbcTemplate jdbc; JdbcClient client; OrderDao dao; Plain plain;
                List<Order> orders; Map<Long, Order> byId; Iterator<Long> it; int n; boolean running;
                static final List<Long> FEW = List.of(1L, 2L);
                static final List<Long> MANY = new ArrayList<>();
                static final String SQL = "select 1";
                void later(Runnable r) {}
                List<Order> load() { return orders; }
                enum Color { RED }
            }
            class Order { Long id; String email; Order next; }
            interface OrderRepository extends JpaRepository<Order, Long> {
                List<Order> findByEmail(String email);
                List<Order> findByEmailOrderById(String email);
                List<Order> findByEmailAndId(String email, Long id);
                List<Order> findByEmailIn(Collection<String> emails);
                List<Order> findSome(String email, int limit);
                List<Order> findTop10By();
                Slice<Order> next(String email);
                Order scroll(String email, ScrollPosition position);
                Order sorted(Sort sort);
                Order binary(byte[] hash);
                default void each(List<Long> ids) { }
            }
            @org.springframework.stereotype.Repository class OrderDao {
                Order load(long id) { return null; }
                void save(Order o) {}
                void update(Order o) {}
                static long next() { return 0; }
                void insertBatch(List<Order> o) {}
                void insertAll(Order[] o) {}
                void page(long id) {}
                void all(Stream<Order> o) {}
            }
            class Plain { Order load(long id) { return null; } }
            """;

    private static List<String> findings(String member) {
        return Javac.compile(IMPORTS + "class Service {\n" + member + REST).findings();
    }

    @Test
    void aQueryForEachTurnIsShownAtTheCall() {
        Javac.Result result = Javac.compile(IMPORTS + """
                class Service {
                    void x() {
                        for (Order order : orders) {
                            repo.findById(order.id);
                        }
                    }
                """ + REST);

        assertThat(result.findings()).containsExactly("warning QueryInLoop 13:17");
        assertThat(result.messages())
                .containsExactly(
                        "[QueryInLoop] OrderRepository.findById goes to the database for each turn of this loop."
                                + " A thousand elements are a thousand round trips, where one or two would do. Fix:"
                                + " findAllById(ids) once before the loop. See:"
                                + " https://github.com/plimsoll/plimsoll/blob/main/docs/rules/QueryInLoop.md");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void x() { for (Order o : orders) repo«.save(o); }",
                "void x() { for (Order o : load()) { repo«.findById(1L).orElse(null); } }",
                "void x() { for (Order o : orders) { if (n > 0) { try { repo«.save(o); } finally { n++; } } } }",
                "void x() { for (Order o : orders) { if (repo«.existsById(o.id)) { return; } } }",
                "void x() { for (Order o : orders) { try { repo«.save(o); } catch (Exception e) { throw e; } } }",
                "void x() { for (Order o : orders) { try { repo«.save(o); } catch (Exception e) { return; } } }",
                "void x() { for (Order o : orders) { try { repo«.findById(o.id); } catch (Exception e) { n++; } } }",
                "void x() { for (Order o : orders) { try { n++; } catch (Exception e) { repo«.save(o); } } }",
                "void x() { try { for (Order o : orders) { repo«.save(o); } } catch (Exception e) { n++; } }",
                "void x() { for (Order o : orders) { switch (n) { case 1: repo«.save(o); break; default: } } }",
                "void x() { for (Order o : orders) { switch (n) { case 1 -> { repo«.save(o); } default -> {} } } }",
                "void x() { for (Order o : orders) { while (running) { repo«.save(o); break; } } }",
                "void x() { for (Long id : MANY) repo«.deleteById(id); }",
                "void x() { for (Long id : FEW) for (Order o : orders) repo«.save(o); }",
                "void x() { for (Order o : repo.findAll()) { n = repo«.findByEmail(o.email).size(); } }",
                "void x() { for (int i = 0; i < orders.size(); i++) repo«.save(orders.get(i)); }",
                "void x() { for (int i = 0; i < repo«.count(); i++) { n++; } }",
                "void x() { for (int i = 0; i < n; repo«.flushAll(), i++) { } }",
                "void x() { for (Long id = 0L; byId.containsKey(id); id++) repo«.findById(id); }",
                "void x() { while (it.hasNext()) repo«.findById(it.next()); }",
                "void x() { do { repo«.findById(it.next()); } while (it.hasNext()); }",
                "void x() { int i = 0; while (i < orders.size()) { repo«.save(orders.get(i)); i++; } }",
                "void x(Scanner s) { String line; while ((line = s.next()).isEmpty()) { repo«.findByEmail(line); } }",
                "void x() { orders.forEach(o -> repo«.save(o)); }",
                "void x() { orders.forEach(«repo::save); }",
                "void x() { byId.forEach((id, o) -> { repo«.save(o); }); }",
                "void x() { byId.replaceAll((id, o) -> repo«.save(o)); }",
                "void x() { orders.removeIf(o -> repo«.existsById(o.id)); }",
                "void x() { it.forEachRemaining(«repo::deleteById); }",
                "Object x() { return orders.stream().map(o -> repo«.findById(o.id)).toList(); }",
                "Object x() { return orders.stream().map(o -> { return repo«.findById(o.id); }).toList(); }",
                "Object x() { return orders.stream().filter(o -> repo«.existsById(o.id)).count(); }",
                "Object x() { return orders.stream().flatMap(o -> repo«.findByEmail(o.email).stream()).toList(); }",
                "Object x() { return orders.stream().anyMatch(o -> !repo«.findByEmail(o.email).isEmpty()); }",
                "Object x() { return MANY.parallelStream().map(«repo::findById).toList(); }",
                "Object x() { return FEW.stream().flatMap(i -> orders.stream()).map(o -> repo«.save(o)).toList(); }",
                "Object x() { return IntStream.range(0, n).mapToObj(i -> repo«.findById(1L * i)).toList(); }",
                "Object x() { return orders.stream().collect(Collectors.toMap(o -> o.id, o -> repo«.findById(o.id))); }",
                "Object x(Page<Order> page) { return page.map(o -> repo«.findByEmail(o.email)); }",
                "void x() { for (Order o : orders) Optional.of(o).map(p -> repo«.save(p)); }",
                "void x() { for (Order o : orders) byId.computeIfAbsent(o.id, id -> repo«.findById(id).get()); }",
                "void x() { for (Order o : orders) em«.find(Order.class, o.id); }",
                "void x() { for (Order o : orders) em«.merge(o); }",
                "void x() { for (Order o : orders) em.createQuery(\"a\").setParameter(1, o.id)«.getResultList(); }",
                "void x() { for (Order o : orders) em.createQuery(\"a\", Order.class)«.getSingleResult(); }",
                "void x() { for (Order o : orders) em.createQuery(\"a\")«.executeUpdate(); }",
                "void x() { for (Order o : orders) jdbc«.update(\"a\", o.id); }",
                "void x() { for (Order o : orders) jdbc«.update(SQL, o.id); }",
                "void x() { for (Order o : orders) { String sql = load().toString(); jdbc«.queryForList(sql, o.id); } }",
                "void x() { for (Order o : orders) jdbc«.queryForObject(\"a\" + SQL, Long.class, o.id); }",
                "void x() { for (Order o : orders) client.sql(\"a\").param(o.id).query(Order.class)«.list(); }",
                "void x() { for (Order o : orders) client.sql(\"a\").param(o.id).query()«.listOfRows(); }",
                "void x() { for (Order o : orders) client.sql(\"a\").param(o.id)«.update(); }",
                "void x() { for (Order o : orders) client.sql(\"a\")«.query(rs -> { n++; }); }",
                "void x() { for (Order o : orders) dao«.load(o.id); }",
                "void x() { for (Order o : orders) repo«.sorted(Sort.by(\"a\")); }",
                "void x() { for (Order o : orders) repo«.binary(new byte[0]); }",
                "void x() { for (Order o : orders) repo«.findTop10By(); }",
                "Runnable field = () -> { for (Order o : this.orders) this.repo«.save(o); };",
                "interface Other extends JpaRepository<Order, Long> { default void all(List<Long> l) { l.forEach(«this::deleteById); } }",
                "interface Other extends JpaRepository<Order, Long> { default void all(List<Order> l) { l.forEach(o -> «save(o)); } }",
            })
    void allLoopsAndAllWaysToADatabase(String member) {
        String code = member.replace("repo«.flushAll()", "repo«.count()").replace("«", "");
        assertThat(findings(code)).containsExactly("warning QueryInLoop 11:" + (member.indexOf('«') + 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // no loop, or only beside it
                "void x() { repo.save(orders.get(0)); }",
                "void x() { for (Order o : repo.findAll()) { n++; } }",
                "void x() { for (long i = repo.count(); i < n; i++) { n++; } }",
                "Object x() { return repo.findAll().stream().map(o -> o.id).toList(); }",
                "Object x() { return Optional.of(1L).flatMap(repo::findById).map(repo::save); }",
                "Object x() { return byId.computeIfAbsent(1L, id -> repo.findById(id).get()); }",
                "Supplier<Object> x() { return repo::findAll; }",
                "Object x() { return orders.stream().collect(Collectors.collectingAndThen(Collectors.toList(), l -> repo.saveAll(l))); }",
                // runs elsewhere
                "void x() { for (Order o : orders) later(() -> repo.save(o)); }",
                "void x() { for (Order o : orders) { Runnable r = () -> repo.save(o); } }",
                "void x() { for (Order o : orders) new Thread(() -> repo.save(o)); }",
                "void x() { for (Order o : orders) new Object() { void y() { repo.save(o); } }; }",
                // ends the loop
                "Object x() { for (Order o : orders) { return repo.save(o); } return null; }",
                "void x() { for (Order o : orders) { throw new IllegalStateException(repo.save(o).email); } }",
                "void x() { for (Order o : orders) { if (n > 0) { repo.save(o); break; } } }",
                "void x() { for (Order o : orders) { repo.save(o); return; } }",
                "void x() { for (Order o : orders) { switch (n) { case 1: repo.save(o); return; default: } } }",
                "void x() { for (int i = 0; i < n; i++) { try { repo.save(null); return; } catch (Exception e) { n++; } } }",
                // another try, a wait, a worker
                "void x() { for (int attempt = 0; attempt < n; attempt++) { repo.save(null); } }",
                "void x() { while (running) { repo.findAll(); } }",
                "void x() { for (;;) { repo.findAll(); } }",
                "void x() { while (true) { repo.findAll(); } }",
                "void x() throws Exception { for (Order o : orders) { repo.save(o); Thread.sleep(10); } }",
                "void x() throws Exception { for (int i = 0; i < n; i++) { repo.save(null); Thread.sleep(10); } }",
                "void x() throws Exception { while (it.hasNext()) { repo.findById(it.next()); Thread.sleep(10); } }",
                "void x() { String s; do { s = \"a\" + n++; } while (!repo.findByEmail(s).isEmpty()); }",
                "void x() { while (!repo.findTop10By().isEmpty()) { n++; } }",
                // one that fails must not stop the others
                "void x() { for (Order o : orders) { try { repo.save(o); } catch (Exception e) { n++; } } }",
                "void x() { orders.forEach(o -> { try { repo.deleteById(o.id); } catch (Exception e) { n++; } }); }",
                "void x() { for (Order o : orders) { try { if (n > 0) { jdbc.update(SQL, o.id); } } catch (Exception e) { n++; } } }",
                // for as long as there is more
                "void x() { List<Order> l = orders; while (!l.isEmpty()) { l = repo.findTop10By(); } }",
                "void x() { Slice<Order> s; do { s = repo.next(\"a\"); dao.load(1); } while (s.hasNext()); }",
                "void x() { Page<Order> p; do { p = repo.findAll(PageRequest.of(0, 9)); } while (p.hasNext()); }",
                "void x() { int retries = 0; while (retries < orders.size()) { repo.save(null); } }",
                // many at once
                "void x() { for (Order o : orders) repo.findAll(Pageable.ofSize(9)); }",
                "void x() { for (Order o : orders) repo.saveAll(orders); }",
                "void x() { for (Order o : orders) repo.findByEmailIn(List.of()); }",
                "void x() { for (Order o : orders) repo.findSome(\"a\", 10); }",
                "void x() { for (Order o : orders) repo.next(\"a\"); }",
                "void x() { for (Order o : orders) repo.scroll(\"a\", ScrollPosition.offset()); }",
                "void x() { for (Order o : orders) dao.insertBatch(orders); }",
                "void x() { for (Order o : orders) dao.insertAll(null); }",
                "void x() { for (Order o : orders) dao.all(null); }",
                "void x(long lastId) { for (Order o : orders) dao.load(lastId); }",
                "void x() { for (Order o : orders) jdbc.batchUpdate(\"a\"); }",
                // asks nothing
                "void x() { for (Order o : orders) repo.getReferenceById(o.id); }",
                "void x() { for (Order o : orders) { repo.flush(); repo.hashCode(); } }",
                "void x() { for (Order o : orders) { em.persist(o); em.flush(); em.clear(); em.getReference(Order.class, 1); } }",
                "void x() { for (Order o : orders) { em.createQuery(\"a\").setMaxResults(1); } }",
                "void x() { for (Order o : orders) { client.sql(\"a\").query(Order.class); } }",
                "void x() { for (Order o : orders) { client.sql(\"a\").query((rs, i) -> 1); } }",
                "void x() { for (Order o : orders) jdbc.execute(\"a\"); }",
                "void x() { for (Order o : orders) jdbc.update(\"truncate \" + o.email); }",
                "void x() { for (Order o : orders) jdbc.update(String.format(\"%s\", o)); }",
                "void x() { for (Order o : orders) OrderDao.next(); }",
                "void x() { for (Order o : orders) plain.load(1); }",
                "void x() { orders.forEach(new Plain()::hashCode0); }",
                "@org.springframework.stereotype.Repository class D { void a() { orders.forEach(o -> this.b()); } void b() {} }",
                // as many as are written down
                "void x() { for (Long id : FEW) repo.findById(id); }",
                "void x() { for (Long id : List.of(1L, 2L)) repo.findById(id); }",
                "void x() { for (Long id : Arrays.asList(1L, 2L)) repo.findById(id); }",
                "void x() { for (String s : new String[] {\"a\"}) repo.findByEmail(s); }",
                "void x() { for (Color c : Color.values()) repo.findByEmail(c.name()); }",
                "void x() { for (Color c : EnumSet.allOf(Color.class)) repo.findByEmail(c.name()); }",
                "void x() { for (Integer i : Collections.emptyList() == null ? FEW.size() > 1 ? null : null : List.of(1)) n++; }",
                "void x() { for (int i = 0; i < 10; i++) repo.save(null); }",
                "void x() { for (int i = 0; 10 > i; i++) repo.save(null); }",
                "void x() { Stream.of(1L, 2L).map(repo::findById).toList(); }",
                "void x() { Arrays.stream(Color.values()).map(c -> repo.findByEmail(c.name())).toList(); }",
                "void x() { FEW.stream().filter(i -> i > 0).forEach(repo::deleteById); }",
                "void x() { Map.of(1L, 2L).keySet().forEach(repo::deleteById); }",
                "void x() { IntStream.range(0, 10).mapToObj(i -> repo.findById(1L * i)).toList(); }",
                // unknown
                "void x(Unknown u) { u.add(u::get); for (Order o : orders) { u.load(o); u.all().forEach(u::get); } }",
                "void x() { for (Order o : orders) { repo.unknown(o); unknown.save(o); } unknown.forEach(o -> repo.findAll()); }",
            })
    void chunksTriesConstantsAndOtherCallsPass(String member) {
        assertThat(findings(member.replace("new Plain()::hashCode0", "o -> plain.load(1)")))
                .noneMatch(finding -> finding.contains("QueryInLoop"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "repo.save(o) | collect the entities in the loop and call saveAll(entities) once after it",
                "repo.existsById(1L) | findAllById(ids) once before the loop",
                "repo.delete(o) | deleteAll(entities) once after the loop",
                "repo.deleteById(1L) | deleteAllById(ids) once after the loop",
                "repo.findByEmail(o.email) | findByEmailIn(...) once before the loop",
                "repo.findByEmailOrderById(o.email) | one query for all of them before the loop, with IN or a join",
                "repo.findByEmailAndId(o.email, 1L) | one query for all of them before the loop, with IN or a join",
                "dao.save(o) | collect the rows in the loop and write them in one batch after it",
                "dao.update(o) | collect the rows in the loop and write them in one batch after it",
                "dao.load(1) | one query for all of them before the loop, with IN or a join",
                "em.find(Order.class, 1) | read them before the loop in one query, such as select e from Entity e where e.id in"
                        + " :ids",
                "jdbc.update(\"a\") | JdbcTemplate.batchUpdate(sql, rows) after the loop",
                "jdbc.queryForList(\"a\") | one query for all of them before the loop, with IN or a join",
                "client.sql(\"a\").update() | JdbcTemplate.batchUpdate(sql, rows) after the loop",
                "client.sql(\"a\").query().listOfRows() | one query for all of them before the loop, with IN or a join",
                "em.createQuery(\"a\").executeUpdate() | one statement for all of them, with IN or a join",
            })
    void theFixIsWhatToType(String call, String fix) {
        assertThat(Javac.compile(IMPORTS + "class Service { void x() { for (Order o : orders) { " + call + "; } }"
                                + REST)
                        .messages())
                .singleElement()
                .asString()
                .contains("Fix: " + fix + ". See:");
    }

    @Test
    void librariesAreKnownByName() {
        String mapper = "package org.apache.ibatis.annotations;\n@java.lang.annotation.Retention("
                + "java.lang.annotation.RetentionPolicy.RUNTIME)\npublic @interface Mapper {}";
        String javax =
                "package javax.persistence;\npublic interface EntityManager { Object find(Class<?> c, Object id); }";
        String query = "package javax.persistence;\npublic interface Query { Object getSingleResult(); }";
        String source = """
                package com.acme;
                class Service {
                    void x(java.util.List<Long> ids, UserMapper m, javax.persistence.EntityManager em, javax.persistence.Query q) {
                        for (Long id : ids) {
                            m.load(id);
                            em.find(Object.class, id);
                            q.getSingleResult();
                        }
                    }
                    @org.apache.ibatis.annotations.Mapper interface UserMapper { Object load(Long id); }
                }
                """;

        assertThat(Javac.compile(source, mapper, javax, query).findings())
                .containsExactly("warning QueryInLoop 5:14", "warning QueryInLoop 6:15", "warning QueryInLoop 7:14");
    }

    @Test
    void testsMayLoop() {
        assertThat(findings("@org.junit.jupiter.api.Test void x() { for (Order o : orders) repo.save(o); }"))
                .isEmpty();
    }

    @Test
    void itIsSuppressedOnTheMethodTheClassOrTheVariable() {
        assertThat(findings("@SuppressWarnings(\"plimsoll:QueryInLoop\") void x() { orders.forEach(repo::save); }"
                        + " void y() { @SuppressWarnings(\"plimsoll:QueryInLoop\")"
                        + " Object o = orders.stream().map(repo::save).toList(); }"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "plimsoll.profile=strict, warning QueryInLoop 10:43",
        "plimsoll.profile=adopt, warning QueryInLoop 10:43",
        "plimsoll.rule.QueryInLoop=error, error QueryInLoop 10:43",
        "plimsoll.rule.QueryInLoop=off, ",
    })
    void severityFollowsTheBuild(String option, String finding) {
        assertThat(Javac.compile(
                                List.of("-A" + option),
                                IMPORTS + "class Service { void x() { orders.forEach(repo::save); }" + REST)
                        .findings())
                .isEqualTo(finding == null ? List.of() : List.of(finding));
    }
}
