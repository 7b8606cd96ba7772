package io.plimsoll.processor.contract;

import javax.lang.model.type.TypeMirror;

/**
 * A property of a JSON object.
 *
 * @param optional whether it may be null
 */
record Property(String name, TypeMirror type, boolean optional) {}
