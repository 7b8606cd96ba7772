package io.plimsoll.processor.model;

import static io.plimsoll.processor.model.Sending.CALL;
import static io.plimsoll.processor.model.Sending.CALL_LATER;
import static io.plimsoll.processor.model.Sending.MESSAGE;
import static io.plimsoll.processor.model.Sending.REQUEST;

import io.plimsoll.companion.EntryPoints;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Knows the methods that send something to another service. By name: none of these libraries need be there. */
public final class RemoteMethods {

    private static final String BLOCKING_STUB = "io.grpc.stub.AbstractBlockingStub";
    private static final String[] BODIES = {"body", "requiredBody", "toEntity", "toBodilessEntity"};
    private static final String[] PUBLISHERS = {"bodyToMono", "bodyToFlux", "toEntity", "toBodilessEntity"};
    private static final String[] EXCHANGES = {"exchange", "exchangeToMono", "exchangeToFlux"};
    private static final String[] VERBS = {"get", "put", "post", "delete", "head", "options", "trace", "method"};
    private static final String[] SENDS = {"send", "convertAndSend"};
    private static final String[] REPLIES = {"sendAndReceive", "convertSendAndReceive", "convertSendAndReceiveAsType"};
    private static final String[] REST = {
        "getForObject",
        "getForEntity",
        "headForHeaders",
        "postForLocation",
        "postForObject",
        "postForEntity",
        "put",
        "patchForObject",
        "delete",
        "optionsForAllow",
        "exchange",
        "execute"
    };
    private static final String[] ROCKET = {
        "send",
        "convertAndSend",
        "syncSend",
        "syncSendOrderly",
        "syncSendDelayTimeSeconds",
        "syncSendDelayTimeMills",
        "asyncSend",
        "asyncSendOrderly",
        "sendOneWay",
        "sendOneWayOrderly"
    };

    private final KnownMethods<Sending> known = new KnownMethods<Sending>()
            .add(CALL, "org.springframework.web.client.RestOperations", REST)
            .add(CALL, "org.springframework.web.client.RestClient.ResponseSpec", BODIES)
            .add(
                    CALL,
                    "org.springframework.web.client.RestClient.RequestHeadersSpec",
                    "exchange",
                    "exchangeForRequiredValue")
            .add(CALL_LATER, "org.springframework.web.reactive.function.client.WebClient.ResponseSpec", PUBLISHERS)
            .add(CALL_LATER, "org.springframework.web.reactive.function.client.WebClient.RequestHeadersSpec", EXCHANGES)
            .add(CALL, "org.springframework.ws.client.core.WebServiceOperations", "marshalSendAndReceive")
            .add(CALL, "org.springframework.mail.MailSender", "send")
            .add(CALL, "jakarta.mail.Transport", "send")
            .add(CALL, "javax.mail.Transport", "send")
            .add(CALL, "java.net.http.HttpClient", "send")
            .add(CALL_LATER, "java.net.http.HttpClient", "sendAsync")
            .add(CALL, "java.net.Socket", "connect")
            .add(CALL, "org.apache.http.client.HttpClient", "execute")
            .add(CALL, "org.apache.http.client.fluent.Request", "execute")
            .add(CALL, "org.apache.hc.client5.http.classic.HttpClient", "execute", "executeOpen")
            .add(CALL, "org.apache.hc.client5.http.fluent.Request", "execute")
            .add(CALL, "org.apache.commons.httpclient.HttpClient", "executeMethod")
            .add(CALL, "okhttp3.Call", "execute")
            .add(CALL, "retrofit2.Call", "execute")
            .add(CALL, "jakarta.ws.rs.client.SyncInvoker", VERBS)
            .add(CALL, "javax.ws.rs.client.SyncInvoker", VERBS)
            .add(MESSAGE, "org.springframework.kafka.core.KafkaOperations", "send", "sendDefault")
            .add(MESSAGE, "org.apache.kafka.clients.producer.Producer", "send")
            .add(MESSAGE, "org.springframework.amqp.core.AmqpTemplate", SENDS)
            .add(MESSAGE, "org.springframework.amqp.rabbit.core.RabbitOperations", "correlationConvertAndSend")
            .add(REQUEST, "org.springframework.amqp.core.AmqpTemplate", REPLIES)
            .add(MESSAGE, "org.springframework.amqp.rabbit.core.RabbitMessageOperations", SENDS)
            .add(REQUEST, "org.springframework.amqp.rabbit.core.RabbitMessageOperations", REPLIES)
            .add(MESSAGE, "org.springframework.jms.core.JmsOperations", SENDS)
            .add(REQUEST, "org.springframework.jms.core.JmsOperations", "sendAndReceive")
            .add(MESSAGE, "org.springframework.jms.core.JmsMessageOperations", SENDS)
            .add(REQUEST, "org.springframework.jms.core.JmsMessageOperations", REPLIES)
            .add(MESSAGE, "org.springframework.jms.core.JmsClient.OperationSpec", "send")
            .add(REQUEST, "org.springframework.jms.core.JmsClient.OperationSpec", "sendAndReceive")
            .add(MESSAGE, "org.springframework.data.redis.core.RedisOperations", "convertAndSend")
            .add(MESSAGE, "org.springframework.data.redis.core.StreamOperations", "add")
            .add(MESSAGE, "org.springframework.data.redis.core.BoundStreamOperations", "add")
            .add(MESSAGE, "org.springframework.cloud.stream.function.StreamOperations", "send")
            .add(MESSAGE, "org.springframework.cloud.stream.function.StreamBridge", "send")
            .add(MESSAGE, "org.springframework.pulsar.core.PulsarOperations", "send", "sendAsync")
            .add(MESSAGE, "org.springframework.pulsar.core.PulsarOperations.SendMessageBuilder", "send", "sendAsync")
            .add(MESSAGE, "org.apache.rocketmq.spring.core.RocketMQTemplate", ROCKET)
            .add(REQUEST, "org.apache.rocketmq.spring.core.RocketMQTemplate", "sendAndReceive")
            .add(MESSAGE, "io.awspring.cloud.sqs.operations.SqsOperations", "send", "sendMany");

    private final Map<TypeElement, Boolean> feignClients = new HashMap<>();
    private final Map<TypeElement, Boolean> blockingStubs = new HashMap<>();

    /** What a method sends; null if it sends nothing, as far as we know. */
    public @Nullable Sending find(ExecutableElement method, TypeElement receiver, Compilation compilation) {
        Sending sending = known.find(method, receiver, compilation);
        if (sending == null && isGrpc(method, compilation)) {
            sending = CALL;
        }
        return sending == null ? declared(method, receiver, compilation) : sending;
    }

    /** A generated stub of the sort that waits: each method of its own is a remote procedure. */
    private boolean isGrpc(ExecutableElement method, Compilation compilation) {
        return blockingStubs.computeIfAbsent(Hierarchy.owner(method), each -> isBlockingStub(each, compilation))
                && !method.getModifiers().contains(Modifier.STATIC)
                && method.getModifiers().contains(Modifier.PUBLIC);
    }

    private static boolean isBlockingStub(TypeElement stub, Compilation compilation) {
        return stub.getSimpleName().toString().endsWith("Stub")
                && !stub.getQualifiedName().toString().startsWith("io.grpc.stub.")
                && compilation.hierarchy().of(stub).stream()
                        .anyMatch(each -> each.getQualifiedName().contentEquals(BLOCKING_STUB));
    }

    private @Nullable Sending declared(ExecutableElement method, TypeElement receiver, Compilation compilation) {
        if (receiver.getKind() != ElementKind.INTERFACE
                || !method.getModifiers().contains(Modifier.ABSTRACT)) {
            return null;
        }
        boolean sends = compilation.annotations().find(method, EntryPoints.HTTP_EXCHANGE) != null
                || feignClients.computeIfAbsent(
                        receiver, each -> compilation.annotations().find(each, EntryPoints.FEIGN_CLIENT) != null);
        if (!sends) {
            return null;
        }
        return isLater(method.getReturnType(), compilation) ? CALL_LATER : Sending.DECLARED_CALL;
    }

    private static boolean isLater(TypeMirror type, Compilation compilation) {
        Set<String> later = Set.of(
                "org.reactivestreams.Publisher", "java.util.concurrent.CompletionStage", "java.util.concurrent.Future");
        return type instanceof DeclaredType declared
                && declared.asElement() instanceof TypeElement element
                && compilation.hierarchy().of(element).stream()
                        .anyMatch(each -> later.contains(each.getQualifiedName().toString()));
    }
}
