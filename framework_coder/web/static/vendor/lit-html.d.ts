// What we use of lit-html, for the type check of our scripts.
export interface TemplateResult { readonly strings: TemplateStringsArray; readonly values: readonly unknown[] }
export declare const nothing: unique symbol;
export declare function html(strings: TemplateStringsArray, ...values: unknown[]): TemplateResult;
export declare function svg(strings: TemplateStringsArray, ...values: unknown[]): TemplateResult;
export declare function render(value: unknown, container: HTMLElement | DocumentFragment): unknown;
