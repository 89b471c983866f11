import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { createVisualizer, findClinic } from './clinic.ts';

test('findClinic() finds the files and the tools that clinic consists of', () => {
  const clinic = findClinic();
  expect(existsSync(clinic.locate('@clinic/doctor', 'injects/sampler.js'))).toBe(true);
  expect(clinic.load('0x/lib/v8-log-to-ticks')).toBeTypeOf('function');
});

test('findClinic() says what to do where clinic is not installed', () => {
  const elsewhere = pathToFileURL(join(tmpdir(), 'nowhere', 'file.js')).href;
  expect(() => findClinic(elsewhere)).toThrow(
    'Cannot profile with "clinic": it is not installed, wanted is "npm install" with development packages or "--tool cpu"',
  );
});

test('createVisualizer() makes a tool that draws', () => {
  expect(createVisualizer(findClinic(), '@clinic/heap-profiler').visualize).toBeTypeOf('function');
});
