/** The engine compiled for browsers by TeaVM: what WebAssembly and JavaScript see of it. */
@NullMarked
package io.gaesup.state.browser;

import org.jspecify.annotations.NullMarked;
