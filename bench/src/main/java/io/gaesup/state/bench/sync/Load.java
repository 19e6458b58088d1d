package io.gaesup.state.bench.sync;

import java.net.URI;

/**
 * The server that the generator loads.
 *
 * @param system the name that results carry: ours, socketio
 * @param process for its processor time
 */
record Load(String system, Wire wire, URI server, ProcessHandle process) {}
