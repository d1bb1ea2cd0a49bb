/** Exclusive locks by name, first come, first served: Web Locks within one page. */
interface Claim {
  readonly id: string;
  readonly owner: object;
  readonly granted: () => void;
}

export class Mutex {
  /** The first of each line holds the lock. */
  private readonly lines = new Map<string, Claim[]>();

  /** Names that are held. */
  get held(): string[] {
    return [...this.lines.keys()];
  }

  /**
   * @param owner whoever gives back all of its locks when it ends  @returns true when it is held, false where
   * it is taken and `ifAvailable`
   */
  request(name: string, id: string, ifAvailable: boolean, owner: object): Promise<boolean> {
    const line = this.lines.get(name);
    if (line && ifAvailable) return Promise.resolve(false);
    return new Promise((resolve) => {
      const claim = { id, owner, granted: () => resolve(true) };
      if (line) line.push(claim);
      else {
        this.lines.set(name, [claim]);
        claim.granted();
      }
    });
  }

  release(id: string): void {
    this.drop((claim) => claim.id === id);
  }

  releaseAll(owner: object): void {
    this.drop((claim) => claim.owner === owner);
  }

  private drop(gone: (claim: Claim) => boolean): void {
    for (const [name, line] of this.lines) {
      const rest = line.filter((claim) => !gone(claim));
      if (rest.length === line.length) continue;
      if (rest.length === 0) this.lines.delete(name);
      else this.lines.set(name, rest);
      if (rest[0] !== line[0]) rest[0]?.granted();
    }
  }
}
