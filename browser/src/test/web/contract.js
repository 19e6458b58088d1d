// Runs core's contract cases on the engine built from them; `home` is where that engine and our loader lie.

export async function runContract(home, engine) {
  const { loadEngine } = await import(`${home}/loader.js`);
  const { Decoder } = await import(`${home}/messagepack.js`);
  const memory = {};
  const { kind, call } = await loadEngine(engine, (bytes) => {
    memory.bytes = bytes;
    memory.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  });
  if (kind !== engine) throw new Error(`asked for the ${engine} engine, got ${kind}`);
  const result = call(0, 0, 0, 0);
  if (result !== 0) throw new Error(`the contract run ended with ${result}`);
  return new Decoder(memory, 8).read();
}
