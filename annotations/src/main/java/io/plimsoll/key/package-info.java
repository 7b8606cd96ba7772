/** What an application says of its own types about keys, whatever a key is for. */
@NullMarked
package io.plimsoll.key;

import org.jspecify.annotations.NullMarked;
