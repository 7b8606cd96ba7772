/** What rules may ask about method bodies. It exists in javac alone: nothing of {@code model} refers to it. */
@NullMarked
package io.plimsoll.processor.tree;

import org.jspecify.annotations.NullMarked;
