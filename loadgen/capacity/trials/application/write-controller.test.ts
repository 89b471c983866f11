import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeController } from './write-controller.ts';

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'write-controller-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('writeController() writes a module that slows the application, whatever is in its path', () => {
  const folder = makeFolder();
  const path = writeController(folder, '/a b/"c".js', { perMessage: 80, perDelivery: 5 });
  expect(path).toBe(join(folder, 'controller.mjs'));
  const text = readFileSync(path, 'utf8');
  expect(text).toContain('dist/loadgen/capacity/trials/application/controller.js";');
  expect(text).toContain('import * as application from "file:///a%20b/%22c%22.js";');
  expect(text).toContain('slowed({"perMessage":80,"perDelivery":5}, application.default ?? application)');
});

test('writeController() writes one anew, and says where it cannot', () => {
  const folder = makeFolder();
  writeController(folder, '/one.js', { perMessage: 1 });
  expect(readFileSync(writeController(folder, '/two.js', { perMessage: 1 }), 'utf8')).toContain('/two.js');
  expect(() => writeController(join(folder, 'none'), '/one.js', { perMessage: 1 })).toThrow(
    /^Cannot write controller ".*": wanted a folder that can be written to \(ENOENT\)$/,
  );
});
