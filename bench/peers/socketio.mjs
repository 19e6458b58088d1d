// The server that the sync benchmark compares with: Socket.IO the way its documentation makes it fast.
// WebSocket only, no compression, a broadcast encoded once for its room. The fields live in a Map:
// nothing is written to disk, which favours it over a durable server.
import { createServer } from "node:http";
import { Server } from "socket.io";

const documents = new Map();
const http = createServer((request, response) => response.end("ok"));
const io = new Server(http, {
  transports: ["websocket"],
  allowUpgrades: false,
  perMessageDeflate: false,
  httpCompression: false,
  serveClient: false,
  maxHttpBufferSize: 16e6,
});

io.on("connection", (socket) => {
  socket.on("seed", (name, fields, done) => {
    documents.set(name, new Map(Object.entries(fields)));
    done();
  });
  socket.on("open", (name, done) => {
    socket.join(name);
    done(Object.fromEntries(documents.get(name) ?? []));
  });
  socket.on("set", (name, field, value) => {
    documents.get(name).set(field, value);
    io.to(name).emit("set", name, field, value);
  });
});

http.listen(0, "127.0.0.1", () => {
  console.log(`listening on http://127.0.0.1:${http.address().port}`);
});
