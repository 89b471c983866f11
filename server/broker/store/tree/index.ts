/** Door of the key tree. */
export { KeyTree, type Path } from './key-tree.ts';
export { isOperation, type Operation, operate } from './operations.ts';
