// A verifier that is not ours: the note and tree code of Go's checksum database, over what a running
// Makegood serves. It says "holds" and how much it looked at, or what is wrong.
//
//	verify_log ADDRESS KEY OLD_CHECKPOINT_FILE
package main

import (
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

func main() {
	if err := verify(strings.TrimSuffix(os.Args[1], "/"), os.Args[2], os.Args[3]); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

func verify(address, key, oldFile string) error {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return err
	}
	written, err := get(address+"/checkpoint", "text/plain; charset=utf-8")
	if err != nil {
		return err
	}
	tree, err := checkpoint(written, verifier)
	if err != nil {
		return err
	}
	saved, err := os.ReadFile(oldFile)
	if err != nil {
		return err
	}
	old, err := checkpoint(saved, verifier)
	if err != nil {
		return err
	}

	// The reader checks every tile it fetches against the root that was signed.
	reader := tlog.TileHashReader(tree, tiles{address, map[string][]byte{}})
	grown, err := tlog.ProveTree(tree.N, old.N, reader)
	if err != nil {
		return err
	}
	if err := tlog.CheckTree(grown, tree.N, tree.Hash, old.N, old.Hash); err != nil {
		return err
	}
	for start := int64(0); start < tree.N; start += 1 << height {
		if err := checkBundle(address, start, tree, reader); err != nil {
			return err
		}
	}
	fmt.Printf("holds: %d entries, grown from %d\n", tree.N, old.N)
	return nil
}

// checkpoint opens a note and reads the three lines that every checkpoint has.
func checkpoint(written []byte, verifier note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open(written, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("not a checkpoint of %s: %q", verifier.Name(), opened.Text)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// checkBundle proves every entry of a bundle to stand in the tree.
func checkBundle(address string, start int64, tree tlog.Tree, reader tlog.HashReader) error {
	width := int64(1 << height)
	if tree.N-start < width {
		width = tree.N - start
	}
	data, err := get(address+"/tile/entries/"+path(start>>height, int(width)), "application/octet-stream")
	if err != nil {
		return err
	}
	for index := start; index < start+width; index++ {
		if len(data) < 2 {
			return fmt.Errorf("the bundle at %d ends early", start)
		}
		length := int(binary.BigEndian.Uint16(data))
		entry := data[2 : 2+length]
		data = data[2+length:]
		proof, err := tlog.ProveRecord(tree.N, index, reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry)); err != nil {
			return fmt.Errorf("entry %d: %v", index, err)
		}
	}
	if len(data) != 0 {
		return fmt.Errorf("the bundle at %d is too long", start)
	}
	return nil
}

// tiles fetches what tlog asks for, at the addresses of c2sp.org/tlog-tiles, each once.
type tiles struct {
	address string
	fetched map[string][]byte
}

func (t tiles) Height() int { return height }

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range wanted {
		place := fmt.Sprintf("%s/tile/%d/%s", t.address, tile.L, path(tile.N, tile.W))
		if _, has := t.fetched[place]; !has {
			data, err := get(place, "application/octet-stream")
			if err != nil {
				return nil, err
			}
			t.fetched[place] = data
		}
		found = append(found, t.fetched[place])
	}
	return found, nil
}

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

// path writes a number in groups of three digits, all but the last behind an x, and a partial width.
func path(number int64, width int) string {
	written := fmt.Sprintf("%03d", number%1000)
	for number /= 1000; number > 0; number /= 1000 {
		written = fmt.Sprintf("x%03d/%s", number%1000, written)
	}
	if width < 1<<height {
		written += fmt.Sprintf(".p/%d", width)
	}
	return written
}

func get(address, kind string) ([]byte, error) {
	answer, err := http.Get(address)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != 200 || answer.Header.Get("Content-Type") != kind {
		return nil, fmt.Errorf("%s answers %s, %s", address, answer.Status, answer.Header.Get("Content-Type"))
	}
	return io.ReadAll(answer.Body)
}
