import { RE2JS } from 're2js';
import { examplesOf, known, type PartlyKnown } from './partly-known.js';
import { mayMatch } from './may-match.js';
import { checkRegularExpression } from './regular-expression.js';

/** An expression that must match from end to end, as Prometheus anchors those of relabelling. */
export class AnchoredExpression {
  /** @throws when Prometheus would refuse the expression */
  static of(text: string): AnchoredExpression {
    const found = compiled.get(text);
    if (found !== undefined) return found;
    checkRegularExpression(text);
    const made = new AnchoredExpression(RE2JS.compile(`^(?:${text})$`));
    if (compiled.size >= MOST_COMPILED) compiled.clear();
    compiled.set(text, made);
    return made;
  }

  private constructor(private readonly expression: RE2JS) {}

  /** Whether the text matches; undefined where its unknown parts decide. */
  matches(text: PartlyKnown): boolean | undefined {
    const [first, ...others] = examplesOf(text).map((example) => this.expression.matches(example));
    if (others.some((other) => other !== first)) return undefined;
    const isUnsure = first === false && known(text) === undefined && mayMatch(this.expression, text);
    return isUnsure ? undefined : first;
  }

  /**
   * What a template becomes, with the groups of the match in place of `$1`, `${1}` and `$name`, as Go's Regexp.Expand
   * has it; undefined where the text does not match.
   */
  expand(template: string, text: string): string | undefined {
    const match = this.expression.matcher(text);
    if (!match.matches()) return undefined;
    const named = this.expression.namedGroups();
    return template.replaceAll(REFERENCE, (_, braced?: string, bare?: string) => {
      const name = braced ?? bare;
      if (name === undefined) return '$';
      const group = /^[0-9]+$/.test(name) ? Number(name) : named[name];
      return group === undefined || group > match.groupCount() ? '' : (match.group(group) ?? '');
    });
  }
}

/** Targets and applications by the thousand have the same few expressions. */
const compiled = new Map<string, AnchoredExpression>();
const MOST_COMPILED = 100;

const REFERENCE = /\$(?:\$|\{(\w+)\}|(\w+))/g;
