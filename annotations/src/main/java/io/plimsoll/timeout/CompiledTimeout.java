package io.plimsoll.timeout;

import io.plimsoll.companion.CompiledDuration;

/**
 * A {@link Timeout} as the compiler left it, part of a {@link io.plimsoll.companion.Companion}.
 *
 * @param budget positive, once resolved
 * @param interrupt {@link Timeout#interrupt()}
 */
public record CompiledTimeout(CompiledDuration budget, boolean interrupt) {}
