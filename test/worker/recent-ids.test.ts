import { createRecentIds } from '../../worker/recent-ids';

describe('recent ids', () => {
  it('are remembered until enough others have come', () => {
    const ids = createRecentIds(2);
    for (const id of ['a', 'b', 'a', 'c']) ids.add(id);
    expect(['a', 'b', 'c'].filter((id) => ids.has(id))).toEqual(['a', 'c']);
  });
});
