/** What a key tree is made of. Maps, because applications let clients name keys and `__proto__` is a legal name. */

/** A value without parts. */
export type Leaf = string | number | boolean | null;

/** Named parts. */
export type Branch = Map<string, Node>;

/** A part of the tree: a value, a list, or a branch of named parts. */
export type Node = Leaf | Node[] | Branch;

/** Deepest nesting of a value; the functions here call themselves once for each level. */
const MAX_DEPTH = 100;

/**
 * Makes nodes of a JSON value. What JSON does not know becomes null.
 *
 * @throws RangeError when it is nested deeper than 100 levels.
 */
export function toNode(value: unknown, depth = 0): Node {
  if (depth > MAX_DEPTH) {
    throw new RangeError(`Cannot keep a value of more than ${MAX_DEPTH} levels`);
  }
  if (Array.isArray(value)) {
    return value.map((item) => toNode(item, depth + 1));
  }
  if (typeof value === 'object' && value !== null) {
    return new Map(Object.entries(value).map(([key, part]) => [key, toNode(part, depth + 1)]));
  }
  return isLeaf(value) ? value : null;
}

/** Makes a JSON value of a node, sharing nothing with it; undefined of nothing. */
export function toValue(node: Node | undefined): unknown {
  if (node instanceof Map) {
    // Defines each key, so that `__proto__` becomes one like any other.
    return Object.fromEntries([...node].map(([key, part]) => [key, toValue(part)]));
  }
  return Array.isArray(node) ? node.map(toValue) : node;
}

/** Counts a node and all its parts. */
export function countNodes(node: Node): number {
  let count = 1;
  if (!isContainer(node)) {
    return count;
  }
  for (const part of node.values()) {
    count += countNodes(part);
  }
  return count;
}

/** Whether a node has parts. */
export function isContainer(node: Node | undefined): node is Branch | Node[] {
  return node instanceof Map || Array.isArray(node);
}

/** The part of a node under a key, for a list under a number. */
export function partOf(node: Node | undefined, key: string): Node | undefined {
  if (node instanceof Map) {
    return node.get(key);
  }
  const index = Array.isArray(node) ? indexOf(key, node.length - 1) : undefined;
  return Array.isArray(node) && index !== undefined ? node[index] : undefined;
}

/** The number a key says, when it is written plainly and at most `most`. */
export function indexOf(key: string, most: number): number | undefined {
  const index = Number(key);
  return String(index) === key && Number.isInteger(index) && index >= 0 && index <= most ? index : undefined;
}

function isLeaf(value: unknown): value is Leaf {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
