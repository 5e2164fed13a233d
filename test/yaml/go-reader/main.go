// Reads a JSON list of texts from standard input, and prints for each how kubectl reads it (documents) and how Helm
// reads it as a values file (value).
package main

import (
	"encoding/json"
	"errors"
	"io"
	"log"
	"os"
	"strings"

	kubernetes "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

type reading struct {
	Documents  []json.RawMessage `json:"documents"`
	Error      string            `json:"error,omitempty"`
	Value      json.RawMessage   `json:"value,omitempty"`
	ValueError string            `json:"valueError,omitempty"`
}

func main() {
	var texts []string
	if err := json.NewDecoder(os.Stdin).Decode(&texts); err != nil {
		log.Fatal(err)
	}
	readings := make([]reading, len(texts))
	for i, text := range texts {
		readings[i] = read(text)
	}
	if err := json.NewEncoder(os.Stdout).Encode(readings); err != nil {
		log.Fatal(err)
	}
}

func read(text string) reading {
	result := reading{Documents: []json.RawMessage{}}
	decoder := kubernetes.NewYAMLOrJSONDecoder(strings.NewReader(text), 4096)
	for {
		var document json.RawMessage
		err := decoder.Decode(&document)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			result.Error = err.Error()
			break
		}
		if len(document) > 0 && string(document) != "null" {
			result.Documents = append(result.Documents, document)
		}
	}
	value, err := yaml.YAMLToJSON([]byte(text))
	if err != nil {
		result.ValueError = err.Error()
	} else {
		result.Value = value
	}
	return result
}
