/**
 * Compiles key expressions: Spring's parser reads them, the compiler's own model types them, and what comes out is Java.
 * Also the rules about them, whatever feature a key belongs to.
 */
@NullMarked
package io.plimsoll.processor.key;

import org.jspecify.annotations.NullMarked;
