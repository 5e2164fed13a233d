import { RE2JS } from 're2js';
import { examplesOf, known, type PartlyKnown } from './partly-known.js';
import { mayMatch } from './may-match.js';
import { checkRegularExpression } from './regular-expression.js';

/** A regular expression that must match the whole text, as in Prometheus' relabelling. */
export class AnchoredExpression {
  /** @throws if Prometheus would refuse the expression */
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

  /** Whether the text matches; undefined if that depends on its unknown parts. */
  matches(text: PartlyKnown): boolean | undefined {
    const [first, ...others] = examplesOf(text).map((example) => this.expression.matches(example));
    if (others.some((other) => other !== first)) return undefined;
    const isUnsure = first === false && known(text) === undefined && mayMatch(this.expression, text);
    return isUnsure ? undefined : first;
  }

  /**
   * Replaces `$1`, `${1}` and `$name` in a template by the groups of the match, like Go's Regexp.Expand. Undefined if the
   * text does not match.
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

/** Compiled expressions: thousands of targets and applications share a few of them. */
const compiled = new Map<string, AnchoredExpression>();
const MOST_COMPILED = 100;

const REFERENCE = /\$(?:\$|\{(\w+)\}|(\w+))/g;
