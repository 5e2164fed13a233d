/** Makes ids of names: each is unique in the page and safe in a URL. */
export class Ids {
  private readonly taken = new Map<string, number>();

  next(name: string): string {
    const words = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
    const id = `at-${words.slice(0, LONGEST)}`;
    const count = (this.taken.get(id) ?? 0) + 1;
    this.taken.set(id, count);
    return count === 1 ? id : `${id}--${count}`; // no name has two hyphens here
  }
}

const LONGEST = 80;
