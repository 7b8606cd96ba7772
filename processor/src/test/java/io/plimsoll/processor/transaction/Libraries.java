package io.plimsoll.processor.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import io.plimsoll.processor.Marked;
import java.util.ArrayList;
import java.util.List;

/** Types of libraries that are not on the class path of the tests, as far as they are called here. */
final class Libraries {

    private static final List<String> SOURCES = List.of(
            "package org.springframework.mail; public interface MailSender { void send(Object... mails); }",
            "package org.springframework.mail.javamail; public interface JavaMailSender"
                    + " extends org.springframework.mail.MailSender {}",
            "package jakarta.mail; public class Transport { public static void send(Object mail) {} }",
            "package javax.mail; public class Transport { public static void send(Object mail) {} }",
            "package jakarta.transaction; @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)"
                    + " public @interface Transactional { TxType value() default TxType.REQUIRED;"
                    + " enum TxType { REQUIRED, SUPPORTS } }",
            "package org.springframework.test.context; @java.lang.annotation.Retention("
                    + "java.lang.annotation.RetentionPolicy.RUNTIME) public @interface Slow {}",
            "package okhttp3; public interface Call { Object execute(); void enqueue(Object callback); }",
            "package retrofit2; public interface Call<T> { T execute(); }",
            "package org.apache.http.client; public interface HttpClient { Object execute(Object request); }",
            "package org.apache.http.client.fluent; public class Request { public static Request Get(String u)"
                    + " { return null; } public Request connectTimeout(int ms) { return this; }"
                    + " public Object execute() { return null; } }",
            "package org.apache.hc.client5.http.classic; public interface HttpClient { Object execute(Object r);"
                    + " Object executeOpen(Object h, Object r, Object c); }",
            "package org.apache.hc.client5.http.fluent; public class Request { public Object execute()"
                    + " { return null; } }",
            "package org.apache.commons.httpclient; public class HttpClient { public int executeMethod(Object m)"
                    + " { return 0; } }",
            "package org.springframework.ws.client.core; public interface WebServiceOperations {"
                    + " Object marshalSendAndReceive(Object o); }",
            "package jakarta.ws.rs.client; public interface SyncInvoker { Object get(); Object post(Object entity); }",
            "package javax.ws.rs.client; public interface SyncInvoker { Object get(); }",
            "package org.springframework.cloud.openfeign; @java.lang.annotation.Retention("
                    + "java.lang.annotation.RetentionPolicy.RUNTIME) public @interface FeignClient { String name(); }",
            "package org.springframework.cloud.stream.function; public class StreamBridge {"
                    + " public boolean send(String b, Object o) { return true; } }",
            "package org.springframework.cloud.stream.function; public interface StreamOperations {"
                    + " boolean send(String b, Object o); }",
            "package org.springframework.pulsar.core; public interface PulsarOperations<T> { Object send(T t);"
                    + " Object sendAsync(T t); SendMessageBuilder<T> newMessage(T t);"
                    + " interface SendMessageBuilder<T> { Object send(); Object sendAsync(); } }",
            "package org.apache.rocketmq.spring.core; public class RocketMQTemplate { public void convertAndSend("
                    + "String d, Object o) {} public void syncSend(String d, Object o) {} public void asyncSendOrderly("
                    + "String d, Object o) {} public void sendOneWay(String d, Object o) {}"
                    + " public void sendMessageInTransaction(String d, Object o) {}"
                    + " public Object sendAndReceive(String d, Object o) { return null; } }",
            "package io.awspring.cloud.sqs.operations; public interface SqsOperations { Object send(String q, Object o);"
                    + " Object sendMany(String q, Object o); }",
            "package org.redisson.api; public interface RLock extends java.util.concurrent.locks.Lock {"
                    + " boolean tryLock(long wait, long lease, java.util.concurrent.TimeUnit unit); }",
            "package com.acme; public class PaymentGrpc { public static class PaymentBlockingStub"
                    + " extends io.grpc.stub.AbstractBlockingStub<PaymentBlockingStub> {"
                    + " PaymentBlockingStub(io.grpc.Channel c, io.grpc.CallOptions o) { super(c, o); }"
                    + " @Override protected PaymentBlockingStub build(io.grpc.Channel c, io.grpc.CallOptions o)"
                    + " { return new PaymentBlockingStub(c, o); } public String charge(String order) { return order; } }"
                    + " public static PaymentBlockingStub newBlockingStub() { return null; } }");

    private Libraries() {}

    /** A source, with those of these types after it that it names. */
    static String[] with(String source) {
        List<String> all = new ArrayList<>(List.of(source));
        for (String library : SOURCES) {
            String name = library.replaceFirst("package ([\\w.]+);.*", "$1");
            if (source.contains(name + ".")
                    || source.contains("PaymentGrpc") && library.contains("class PaymentGrpc")) {
                all.add(library.replaceFirst(" public (@?)(interface|class)", "\npublic $1$2"));
            }
        }
        return all.toArray(String[]::new);
    }

    /** What is found in a source, with these types beside it. */
    static List<String> findings(String source) {
        return Javac.compile(with(source)).findings();
    }

    /** Asserts that a rule finds what is {@linkplain Marked marked} in a source, and nothing else is found. */
    static void assertMarked(String rule, String source) {
        Marked marked = Marked.of(source);
        assertThat(marked.places()).isNotEmpty();
        assertThat(findings(marked.source())).isEqualTo(marked.findings(rule));
    }
}
