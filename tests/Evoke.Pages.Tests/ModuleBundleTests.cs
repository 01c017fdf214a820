namespace Evoke.Pages.Tests;

public sealed class ModuleBundleTests
{
    [Fact]
    public void AModuleRunsOnceAfterThoseThatItImports()
    {
        string script = Bundle(
            ("page.js", "import { a } from './a.js';\nimport {\n  b,\n  c,\n} from './lib/b.js';\na(b, c);\n"),
            ("a.js", "import { b } from './lib/b.js';\nexport const a = () => b;\n"),
            ("lib/b.js", "export function b() {}\nexport class c {}\n"));
        script.ShouldBe(
            """
            'use strict';
            const $lib_b_js = (() => {
            function b() {}
            class c {}
            return { b, c };
            })();
            const $a_js = (() => {
            const { b } = $lib_b_js;
            const a = () => b;
            return { a };
            })();
            const $page_js = (() => {
            const { a } = $a_js;
            const { b,
              c } = $lib_b_js;
            a(b, c);
            return {  };
            })();

            """,
            StringCompareShould.IgnoreLineEndings);
    }

    [Theory]
    [InlineData("export default 1;\n")]
    [InlineData("export let a = 1;\n")]
    [InlineData("export { a };\n")]
    [InlineData("export const { a } = b;\n")]
    [InlineData("import * as api from './api.js';\n")]
    [InlineData("import { a as b } from './api.js';\n")]
    [InlineData("import a from './api.js';\n")]
    [InlineData("import 'other';\n")]
    [InlineData("const a = await import('./api.js');\n")]
    [InlineData("const a = import.meta.url;\n")]
    [InlineData("const a = '</script>';\n")]
    [InlineData("const a = '<!--';\n")]
    public void AnyOtherFormIsRefused(string text) =>
        Should.Throw<InvalidOperationException>(() => Bundle(("page.js", text), ("api.js", ""))).Message.ShouldContain("page.js");

    [Fact]
    public void ACircleIsRefusedByItsNames() =>
        Should.Throw<InvalidOperationException>(() => Bundle(
            ("page.js", "import { a } from './a.js';\n"),
            ("a.js", "import { b } from './b.js';\nexport const a = b;\n"),
            ("b.js", "import { a } from './a.js';\nexport const b = a;\n")))
            .Message.ShouldContain("a.js → b.js → a.js");

    private static string Bundle(params (string Name, string Text)[] modules) =>
        ModuleBundle.Of("page.js", name => modules.Single(module => module.Name == name).Text);
}
