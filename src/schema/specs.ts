/** Remembers the specs that were made from checked props. A construct does not check them again. */
export class Specs<Spec extends object> {
  private readonly made = new WeakSet<object>();

  add(spec: Spec): Spec {
    this.made.add(spec);
    return spec;
  }

  has(props: object): props is Spec {
    return this.made.has(props);
  }
}
