// Decode what comes on standard input, a list of [module, decoder, value], and answer with the refusals: "" is none.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const folder = pathToFileURL(`${process.argv[2]}/`);
const answers = [];
for (const [module, name, value] of JSON.parse(readFileSync(0, "utf8"))) {
  const found = (await import(new URL(`${module}.js`, folder)))[name];
  if (!found) answers.push(`There is no decoder ${name} in ${module}.js.`);
  else {
    try {
      found(value, name);
      answers.push("");
    } catch (error) {
      answers.push(String(error));
    }
  }
}
process.stdout.write(JSON.stringify(answers));
