package io.plimsoll.processor.key;

import javax.lang.model.type.TypeMirror;

/**
 * A property, a method or an entry of a map that an expression reads, or a component of a record that it takes apart.
 *
 * @param name as it is declared
 * @param type of what it holds or returns
 */
record Member(String name, TypeMirror type) {}
