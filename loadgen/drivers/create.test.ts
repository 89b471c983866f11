import { expect, test } from 'vitest';
import type { DriverName } from '../plan/index.ts';
import { createDriver } from './create.ts';
import { driverOptions } from './testing.ts';

test('createDriver() finds the driver by its name', async () => {
  const driver = await createDriver('socketcluster', driverOptions({ port: 1 }));
  expect(driver.connect).toBeTypeOf('function');
  await driver.close();
});

test('createDriver() names those there are when there is no such driver', async () => {
  await expect(createDriver('pigeon' as DriverName, driverOptions({ port: 1 }))).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: expect.stringContaining('Cannot use driver "pigeon": wanted is one of socketcluster'),
  });
});
