import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { withDeadline } from '../../lambdas/provision-user/deadline.ts';

describe('a deadline', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('aborts what runs when its time is over', async () => {
    const run = withDeadline(20, (signal) => new Promise((resolve) => signal.addEventListener('abort', resolve)));
    vi.advanceTimersByTime(19);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(1);
    expect(await run).toMatchObject({ type: 'abort' });
  });

  test('leaves no clock behind when the run is over', async () => {
    expect(await withDeadline(45_000, async () => 'done')).toBe('done');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('leaves no clock behind when the run fails', async () => {
    await expect(withDeadline(45_000, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(vi.getTimerCount()).toBe(0);
  });
});
