// Reads a GEXF and a GraphML file with graphology's parsers and prints how many nodes and edges each has.
const fs = require("fs");
const Graph = require("graphology");
const gexf = require("graphology-gexf");
const graphml = require("graphology-graphml");

const [gexfFile, graphmlFile] = process.argv.slice(2);
const options = { addMissingNodes: false, allowUndeclaredAttributes: false };
const counts = [
  gexf.parse(Graph.MultiGraph ?? Graph, fs.readFileSync(gexfFile, "utf8"), options),
  graphml.parse(Graph.MultiGraph ?? Graph, fs.readFileSync(graphmlFile, "utf8")),
].map((graph) => [graph.order, graph.size, graph.getNodeAttribute("person:ada-lund", "label")]);
console.log(JSON.stringify(counts));
