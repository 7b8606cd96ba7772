package io.plimsoll.processor.tree;

import io.plimsoll.processor.model.Sending;

/**
 * A call that sends something to another service.
 *
 * @param name as a person would say it: {@code RestTemplate.getForObject}
 * @param bounded whether it says itself how long it may take
 */
public record RemoteCall(Sending sending, String name, boolean bounded) {}
