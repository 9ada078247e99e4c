/// Places on other hosts that keep files: [io.salvor.offhost.RemoteFolder] is what they have in
/// common, [io.salvor.offhost.RemoteAddress] says where one is. Libraries are loaded when a place
/// of their kind is opened, and not before.
@NullMarked
package io.salvor.offhost;

import org.jspecify.annotations.NullMarked;
