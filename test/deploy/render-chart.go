// Renders a chart as Helm does, with what Helm itself is made of: Go's templates and sprig. Helm's own functions are the few below.
// render-chart CHART RELEASE NAMESPACE < values.json; prints one JSON object with the text of each template.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
	"sigs.k8s.io/yaml"
)

func main() {
	if len(os.Args) != 4 {
		stop(errors.New("render-chart CHART RELEASE NAMESPACE"))
	}
	chart, release, namespace := os.Args[1], os.Args[2], os.Args[3]
	var about struct{ Name, Version, AppVersion string }
	read(filepath.Join(chart, "Chart.yaml"), &about)
	values, given := map[string]interface{}{}, map[string]interface{}{}
	read(filepath.Join(chart, "values.yaml"), &values)
	stop(json.NewDecoder(os.Stdin).Decode(&given))
	lay(values, given)

	all := template.New("chart").Option("missingkey=error")
	funcs := sprig.TxtFuncMap()
	// Helm has neither: a chart must not read the machine it is rendered on.
	delete(funcs, "env")
	delete(funcs, "expandenv")
	funcs["toYaml"] = func(of interface{}) (string, error) {
		text, err := yaml.Marshal(of)
		return strings.TrimSuffix(string(text), "\n"), err
	}
	funcs["include"] = func(name string, with interface{}) (string, error) {
		var text bytes.Buffer
		err := all.ExecuteTemplate(&text, name, with)
		return text.String(), err
	}
	funcs["required"] = func(says string, value interface{}) (interface{}, error) {
		if value == nil || value == "" {
			return nil, errors.New(says)
		}
		if list, ok := value.([]interface{}); ok && len(list) == 0 {
			return nil, errors.New(says)
		}
		return value, nil
	}
	all.Funcs(funcs)

	paths, err := filepath.Glob(filepath.Join(chart, "templates", "*"))
	stop(err)
	for _, path := range paths {
		source, err := os.ReadFile(path)
		stop(err)
		_, err = all.New(filepath.Base(path)).Parse(string(source))
		stop(err)
	}
	rendered := map[string]string{}
	for _, path := range paths {
		name := filepath.Base(path)
		if strings.HasPrefix(name, "_") {
			continue
		}
		var text bytes.Buffer
		stop(all.ExecuteTemplate(&text, name, map[string]interface{}{
			"Values":  values,
			"Chart":   about,
			"Release": map[string]interface{}{"Name": release, "Namespace": namespace, "Service": "Helm", "Revision": 1},
		}))
		rendered[name] = text.String()
	}
	stop(json.NewEncoder(os.Stdout).Encode(rendered))
}

// Lays what somebody gave over the values of the chart, map by map, as Helm does.
func lay(under, over map[string]interface{}) {
	for name, value := range over {
		below, isMap := under[name].(map[string]interface{})
		if above, ok := value.(map[string]interface{}); ok && isMap {
			lay(below, above)
			continue
		}
		under[name] = value
	}
}

func read(path string, into interface{}) {
	text, err := os.ReadFile(path)
	stop(err)
	stop(yaml.Unmarshal(text, into))
}

func stop(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
