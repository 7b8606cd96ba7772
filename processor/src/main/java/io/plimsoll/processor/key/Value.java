package io.plimsoll.processor.key;

import com.palantir.javapoet.CodeBlock;
import java.util.List;
import javax.lang.model.type.TypeMirror;

/**
 * A part of an expression that has been typed and turned into Java.
 *
 * @param code a Java expression of the type
 * @param type never a primitive one where {@code nullable}
 * @param kinds what the value may be in the end: the type itself; for the two sides of a {@code ?:} both of theirs;
 *     nothing for a list literal, whose parts have been looked at
 * @param nullable whether the code may come out null
 * @param atomic whether the code may stand beside an operator as it is
 * @param source the part as it is written
 */
record Value(CodeBlock code, TypeMirror type, List<TypeMirror> kinds, boolean nullable, boolean atomic, String source) {

    static Value of(CodeBlock code, TypeMirror type, boolean nullable, String source) {
        return new Value(code, type, List.of(type), nullable, true, source);
    }

    Value notAtomic() {
        return new Value(code, type, kinds, nullable, false, source);
    }

    /** The code, in a place where an operator or a dot is next to it. */
    CodeBlock operand() {
        return atomic ? code : CodeBlock.of("($L)", code);
    }
}
