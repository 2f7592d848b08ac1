/** MessagePack, as far as our server speaks it: what it never sends is an error here. */

export type Packed =
  | null
  | boolean
  | number
  | string
  | Uint8Array<ArrayBuffer>
  | Packed[]
  | { [key: string]: Packed };

/** Read one value. Throws an Error where the bytes are no MessagePack, or end too soon. */
export function unpack(bytes: Uint8Array<ArrayBuffer>): Packed {
  const reader = new Reader(bytes);
  const value = reader.next();
  if (!reader.isAtEnd) throw new Error("More bytes follow the value.");
  return value;
}

const TEXT = new TextDecoder();

class Reader {
  private at = 0;
  private readonly view: DataView;

  constructor(private readonly bytes: Uint8Array<ArrayBuffer>) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get isAtEnd(): boolean {
    return this.at === this.bytes.length;
  }

  next(): Packed {
    const kind = this.uint(1);
    if (kind < 0x80) return kind;
    if (kind < 0x90) return this.map(kind & 0x0f);
    if (kind < 0xa0) return this.list(kind & 0x0f);
    if (kind < 0xc0) return this.text(kind & 0x1f);
    if (kind >= 0xe0) return kind - 0x100;
    return this.longer(kind);
  }

  private longer(kind: number): Packed {
    switch (kind) {
      case 0xc0:
        return null;
      case 0xc2:
      case 0xc3:
        return kind === 0xc3;
      case 0xc4:
      case 0xc5:
      case 0xc6:
        return this.take(this.uint(1 << (kind - 0xc4)));
      case 0xca:
        return this.view.getFloat32(this.skip(4));
      case 0xcb:
        return this.view.getFloat64(this.skip(8));
      case 0xcc:
      case 0xcd:
      case 0xce:
        return this.uint(1 << (kind - 0xcc));
      case 0xcf:
        return Number(this.view.getBigUint64(this.skip(8)));
      case 0xd0:
        return this.view.getInt8(this.skip(1));
      case 0xd1:
        return this.view.getInt16(this.skip(2));
      case 0xd2:
        return this.view.getInt32(this.skip(4));
      case 0xd3:
        return Number(this.view.getBigInt64(this.skip(8)));
      case 0xd9:
      case 0xda:
      case 0xdb:
        return this.text(this.uint(1 << (kind - 0xd9)));
      case 0xdc:
      case 0xdd:
        return this.list(this.uint(2 << (kind - 0xdc)));
      case 0xde:
      case 0xdf:
        return this.map(this.uint(2 << (kind - 0xde)));
      default:
        throw new Error(`No value begins with the byte 0x${kind.toString(16)}.`);
    }
  }

  private map(count: number): Packed {
    const made: { [key: string]: Packed } = {};
    for (let index = 0; index < count; index++) {
      const key = this.next();
      if (typeof key !== "string") throw new Error("A key of a map is no text.");
      made[key] = this.next();
    }
    return made;
  }

  private list(count: number): Packed {
    const made: Packed[] = [];
    for (let index = 0; index < count; index++) made.push(this.next());
    return made;
  }

  private text(length: number): string {
    return TEXT.decode(this.take(length));
  }

  /** A copy, so that it begins where columns of numbers may begin. */
  private take(length: number): Uint8Array<ArrayBuffer> {
    const from = this.skip(length);
    return this.bytes.slice(from, from + length);
  }

  private uint(size: number): number {
    const from = this.skip(size);
    if (size === 1) return this.view.getUint8(from);
    return size === 2 ? this.view.getUint16(from) : this.view.getUint32(from);
  }

  private skip(length: number): number {
    const from = this.at;
    this.at += length;
    if (this.at > this.bytes.length) throw new Error("The bytes end within a value.");
    return from;
  }
}
