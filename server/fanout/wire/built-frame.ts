/** A frame as it goes out: the message, and the same as one complete WebSocket frame, made once for all viewers. */
export interface BuiltFrame {
  readonly message: Uint8Array;
  readonly webSocketFrame: Uint8Array;
}

/** Bytes that must be free before a message. */
export const frameRoom = 10;

/** RFC 6455, 5.2: final fragment, binary, not masked. The message begins at `frameRoom` of the bytes. */
export function builtFrame(bytes: Uint8Array): BuiltFrame {
  const length = bytes.length - frameRoom;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  let start = frameRoom - 2;
  if (length < 126) bytes[frameRoom - 1] = length;
  else if (length < 0x10000) {
    start = frameRoom - 4;
    bytes[start + 1] = 126;
    view.setUint16(start + 2, length);
  } else {
    start = 0;
    bytes[1] = 127;
    view.setBigUint64(2, BigInt(length));
  }
  bytes[start] = 0x82;
  return { message: bytes.subarray(frameRoom), webSocketFrame: bytes.subarray(start) };
}
