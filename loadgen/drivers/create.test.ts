import { expect, test } from 'vitest';
import type { DriverName } from '../plan/index.ts';
import { loadDriver } from './create.ts';
import { driverOptions } from './testing.ts';

test('loadDriver() finds the driver by its name', async () => {
  const create = await loadDriver('socketcluster');
  const driver = create(driverOptions({ port: 1 }));
  expect(driver.connect).toBeTypeOf('function');
  await driver.close();
});

test('loadDriver() names those there are when there is no such driver', async () => {
  await expect(loadDriver('pigeon' as DriverName)).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: expect.stringContaining('Cannot use driver "pigeon": wanted is one of socketcluster'),
  });
});
