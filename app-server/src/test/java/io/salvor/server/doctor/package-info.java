@NullMarked
package io.salvor.server.doctor;

import org.jspecify.annotations.NullMarked;
